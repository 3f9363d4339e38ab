// The bridge from C# to libtorch. Operators go through libtorch's own dispatcher by name, so that this
// file stays small and every operator of the installed libtorch is within reach. Everything else here
// is the life of a tensor, autograd, and the few switches of a process.
//
// Conventions: a tensor handle is an owned reference to a TensorImpl; a function that can fail returns
// a negative number or null and leaves its message in a thread-local text (ut_last_error).
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/api/include/torch/cuda.h>
#include <torch/csrc/api/include/torch/version.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>

#include <dlfcn.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#define UT extern "C" __attribute__((visibility("default")))

namespace {

using Handle = at::TensorImpl*;
using at::Tensor;

thread_local std::string lastError;
thread_local std::string text;
thread_local std::string callbackError;
thread_local std::vector<c10::IValue> overflow;
std::atomic<int64_t> live{0};

// Mirrors Undertone.Torch.ValueTag.
enum Tag : int32_t {
  None = 0, TensorValue = 1, Int = 2, Double = 3, Bool = 4, IntList = 5, DoubleList = 6,
  BoolList = 7, TensorList = 8, OptionalTensorList = 9, String = 10, Device = 11,
};

struct Value {
  int32_t tag;
  int32_t count;
  union { int64_t integer; double number; void* pointer; };
};

Handle give(Tensor t) {
  if (!t.defined()) return nullptr;
  live.fetch_add(1, std::memory_order_relaxed);
  return t.unsafeReleaseTensorImpl();
}

Tensor borrow(Handle h) {
  return h ? Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim_copy(h)) : Tensor();
}

Tensor take(Handle h) {
  if (!h) return Tensor();
  live.fetch_sub(1, std::memory_order_relaxed);
  return Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(h));
}

std::vector<Tensor> borrowAll(const Handle* handles, int64_t n) {
  std::vector<Tensor> tensors;
  tensors.reserve(n);
  for (int64_t i = 0; i < n; i++) tensors.push_back(borrow(handles[i]));
  return tensors;
}

template <class R, class F>
R guarded(R failure, F&& body) {
  try {
    return body();
  } catch (const c10::Error& e) {
    lastError = e.what_without_backtrace();
  } catch (const std::exception& e) {
    lastError = e.what();
  } catch (...) {
    lastError = "unknown C++ exception";
  }
  return failure;
}

c10::IValue toIValue(const Value& v) {
  switch (v.tag) {
    case None: return c10::IValue();
    case TensorValue: return borrow(static_cast<Handle>(v.pointer));
    case Int: return v.integer;
    case Double: return v.number;
    case Bool: return v.integer != 0;
    case IntList: return c10::List<int64_t>(at::ArrayRef<int64_t>(static_cast<const int64_t*>(v.pointer), v.count));
    case DoubleList: return c10::List<double>(at::ArrayRef<double>(static_cast<const double*>(v.pointer), v.count));
    case BoolList: {
      auto p = static_cast<const uint8_t*>(v.pointer);
      c10::List<bool> list;
      for (int32_t i = 0; i < v.count; i++) list.push_back(p[i] != 0);
      return list;
    }
    case TensorList: return c10::List<Tensor>(borrowAll(static_cast<const Handle*>(v.pointer), v.count));
    case OptionalTensorList: {
      auto p = static_cast<const Handle*>(v.pointer);
      c10::impl::GenericList list(c10::OptionalType::ofTensor());
      list.reserve(v.count);
      for (int32_t i = 0; i < v.count; i++) list.push_back(p[i] ? c10::IValue(borrow(p[i])) : c10::IValue());
      return list;
    }
    case String: return std::string(static_cast<const char*>(v.pointer), v.count);
    case Device: return c10::Device(static_cast<c10::DeviceType>(v.integer >> 8), static_cast<int8_t>(v.integer & 0xff));
    default: TORCH_CHECK(false, "unknown argument tag ", v.tag);
  }
}

Value toValue(c10::IValue& v) {
  Value r{};
  if (v.isTensor()) {
    r.pointer = give(std::move(v).toTensor());
    r.tag = r.pointer ? TensorValue : None;
  } else if (v.isInt() || v.isSymInt()) {
    r.tag = Int;
    r.integer = v.toInt();
  } else if (v.isBool()) {
    r.tag = Bool;
    r.integer = v.toBool();
  } else if (v.isDouble()) {
    r.tag = Double;
    r.number = v.toDouble();
  } else {
    TORCH_CHECK(v.isNone(), "cannot return a value of kind ", v.tagKind());
  }
  return r;
}

// Forward was computed in C#; this node calls back into C# for the gradients of its inputs.
using Backward = int32_t (*)(void* context, Handle* outputGrads, int32_t outputs, const uint8_t* needed, Handle* inputGrads, int32_t inputs);
using Release = void (*)(void* context);

struct ManagedNode : torch::autograd::Node {
  ManagedNode(Backward b, Release r) : backward(b), release(r) {}
  ~ManagedNode() override { free(); }

  torch::autograd::variable_list apply(torch::autograd::variable_list&& grads) override {
    TORCH_CHECK(context, "trying to go backward through a custom function a second time; its saved tensors "
                "have been freed. Pass retainGraph: true to the first Backward");
    TORCH_CHECK(!c10::GradMode::is_enabled(), "a custom function cannot be differentiated twice (createGraph)");
    auto inputs = num_outputs();
    std::vector<Handle> given, taken(inputs, nullptr);
    std::vector<uint8_t> needed(inputs);
    for (auto& g : grads) given.push_back(give(std::move(g)));
    for (size_t i = 0; i < inputs; i++) needed[i] = task_should_compute_output(i);
    callbackError.clear();
    auto status = backward(context, given.data(), given.size(), needed.data(), taken.data(), inputs);
    torch::autograd::variable_list result(inputs);
    for (size_t i = 0; i < inputs; i++) result[i] = take(taken[i]);
    if (status != 0) throw std::runtime_error(callbackError);
    return result;
  }

  void release_variables() override { free(); }
  std::string name() const override { return "UndertoneCustomFunction"; }

  void* context = nullptr;

 private:
  void free() {
    if (context) release(std::exchange(context, nullptr));
  }
  Backward backward;
  Release release;
};

}  // namespace

// ---- errors and information ----

UT const char* ut_last_error() { return lastError.c_str(); }

// Called by a C# callback before it returns a failure.
UT void ut_set_callback_error(const char* message) { callbackError = message; }

UT int64_t ut_live() { return live.load(); }

// 0 build configuration, 1 parallelism, 2 version, 3 file of libtorch, 4 file of BLAS's sgemm.
UT const char* ut_text(int32_t what) {
  auto fileOf = [](void* symbol) {
    Dl_info info{};
    return symbol && dladdr(symbol, &info) && info.dli_fname ? info.dli_fname : "";
  };
  return guarded<const char*>(nullptr, [&] {
    switch (what) {
      case 0: text = at::show_config(); break;
      case 1: text = at::get_parallel_info(); break;
      case 2: text = std::to_string(TORCH_VERSION_MAJOR) + "." + std::to_string(TORCH_VERSION_MINOR) + "." +
                     std::to_string(TORCH_VERSION_PATCH); break;
      case 3: text = fileOf(reinterpret_cast<void*>(&at::show_config)); break;
      case 4: text = fileOf(dlsym(RTLD_DEFAULT, "sgemm_")); break;
      default: TORCH_CHECK(false, "no text ", what);
    }
    return text.c_str();
  });
}

UT int32_t ut_cuda_devices() {
  return guarded(-1, [] { return static_cast<int32_t>(torch::cuda::device_count()); });
}

UT int32_t ut_manual_seed(uint64_t seed) {
  return guarded(-1, [&] { at::manual_seed(seed); return 0; });
}

UT int32_t ut_set_threads(int32_t n) {
  return guarded(-1, [&] {
    at::set_num_threads(n);
    // OpenBLAS keeps threads of its own beside OpenMP's; libtorch only knows MKL's.
    auto blas = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    if (blas) blas(n);
    return 0;
  });
}

UT int32_t ut_threads() { return at::get_num_threads(); }

// ---- operators ----

UT void* ut_find(const char* name, const char* overload) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto op = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(op.has_value(), "this libtorch (", TORCH_VERSION_MAJOR, ".", TORCH_VERSION_MINOR, ") has no operator ", name,
                *overload ? "." : "", overload);
    return new c10::OperatorHandle(*op);
  });
}

UT const char* ut_schema(void* op) {
  return guarded<const char*>(nullptr, [&] {
    std::ostringstream s;
    s << static_cast<c10::OperatorHandle*>(op)->schema();
    text = s.str();
    return text.c_str();
  });
}

// Arguments that are not given take the schema's defaults. Lists among the results are flattened. Returns
// how many results there are; those beyond `capacity` wait for ut_overflow. A null `results` drops them.
UT int32_t ut_call(void* op, const Value* args, int32_t n, Value* results, int32_t capacity) {
  return guarded(-1, [&]() -> int32_t {
    auto& handle = *static_cast<c10::OperatorHandle*>(op);
    auto& formal = handle.schema().arguments();
    TORCH_CHECK(static_cast<size_t>(n) <= formal.size(), "takes ", formal.size(), " arguments, was given ", n);
    torch::jit::Stack stack;
    stack.reserve(formal.size());
    for (int32_t i = 0; i < n; i++) stack.push_back(toIValue(args[i]));
    for (size_t i = n; i < formal.size(); i++) {
      auto& value = formal[i].default_value();
      TORCH_CHECK(value.has_value(), "argument '", formal[i].name(), "' is missing");
      stack.push_back(*value);
    }
    handle.callBoxed(&stack);
    overflow.clear();
    if (!results) return 0;
    int32_t count = 0;
    auto add = [&](c10::IValue v) {
      if (count < capacity) results[count] = toValue(v);
      else overflow.push_back(std::move(v));
      count++;
    };
    for (auto& v : stack) {
      if (v.isList()) for (const c10::IValue& item : v.toListRef()) add(item);
      else add(std::move(v));
    }
    return count;
  });
}

UT int32_t ut_overflow(Value* results) {
  return guarded(-1, [&] {
    for (size_t i = 0; i < overflow.size(); i++) results[i] = toValue(overflow[i]);
    overflow.clear();
    return 0;
  });
}

// ---- the life of a tensor ----

UT void ut_free(Handle h) { take(h); }

UT Handle ut_alias(Handle h) {
  return guarded<Handle>(nullptr, [&] { return give(borrow(h)); });
}

// Fills dtype, device type, device index, dimensions, elements, element size, requires grad, is leaf, version,
// storage bytes; then sizes and strides of at most `room` dimensions.
UT int32_t ut_info(Handle h, int64_t* out, int32_t room) {
  return guarded(-1, [&] {
    auto t = borrow(h);
    int64_t dims = t.dim();
    int64_t head[] = {static_cast<int64_t>(t.scalar_type()), static_cast<int64_t>(t.device().type()), t.device().index(), dims,
                      t.numel(), static_cast<int64_t>(t.element_size()), t.requires_grad(), t.is_leaf(),
                      t.is_inference() ? 0 : static_cast<int64_t>(t._version()),
                      t.has_storage() ? static_cast<int64_t>(t.storage().nbytes()) : 0};
    std::memcpy(out, head, sizeof head);
    for (int64_t i = 0; i < dims && i < room; i++) {
      out[10 + i] = t.size(i);
      out[10 + room + i] = t.stride(i);
    }
    return 0;
  });
}

UT void* ut_data(Handle h) {
  return guarded<void*>(nullptr, [&] { return borrow(h).data_ptr(); });
}

// A tensor over memory that belongs to the caller; `release(context)` is called when it is no longer used.
UT Handle ut_from_memory(void* data, int32_t dtype, const int64_t* sizes, int32_t dims, Release release, void* context) {
  return guarded<Handle>(nullptr, [&] {
    auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
    return give(at::from_blob(data, at::IntArrayRef(sizes, dims), [=](void*) { release(context); }, options));
  });
}

// ---- autograd ----

UT int32_t ut_set_requires_grad(Handle h, int32_t on) {
  return guarded(-1, [&] { borrow(h).requires_grad_(on != 0); return 0; });
}

UT Handle ut_grad(Handle h) {
  return guarded<Handle>(nullptr, [&] { lastError.clear(); return give(borrow(h).grad()); });
}

UT int32_t ut_set_grad(Handle h, Handle grad) {
  return guarded(-1, [&] { borrow(h).mutable_grad() = borrow(grad); return 0; });
}

// Without `grads`: accumulates into the leaves (or into `inputs` alone). With it: returns the gradients of
// `inputs` and accumulates nothing; an unused input's gradient is null.
UT int32_t ut_backward(const Handle* roots, const Handle* rootGrads, int32_t n, int32_t retain, int32_t create,
                       const Handle* inputs, int32_t inputCount, Handle* grads) {
  return guarded(-1, [&] {
    auto tensors = borrowAll(roots, n), given = borrowAll(rootGrads, rootGrads ? n : 0), leaves = borrowAll(inputs, inputCount);
    if (!grads) {
      torch::autograd::backward(tensors, given, retain != 0, create != 0, leaves);
    } else {
      auto result = torch::autograd::grad(tensors, leaves, given, retain != 0, create != 0, true);
      for (size_t i = 0; i < result.size(); i++) grads[i] = give(result[i]);
    }
    return 0;
  });
}

// Sets gradient mode (negative: leaves it) and returns what it was.
UT int32_t ut_grad_mode(int32_t on) {
  auto was = c10::GradMode::is_enabled();
  if (on >= 0) c10::GradMode::set_enabled(on != 0);
  return was;
}

UT void* ut_inference_begin() { return new c10::InferenceMode(true); }
UT void ut_inference_end(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

// Attaches a managed backward to outputs computed without gradients. The outputs are replaced by new handles.
// Returns 1 when attached; 0 when nothing needs a gradient (the context is not kept then).
UT int32_t ut_custom(const Handle* inputs, int32_t inputCount, Handle* outputs, int32_t outputCount, Backward backward,
                     Release release, void* context) {
  return guarded(-1, [&] {
    auto variables = borrowAll(inputs, inputCount);
    bool wanted = false;
    for (auto& v : variables) wanted |= v.defined() && v.requires_grad();
    if (!wanted || !c10::GradMode::is_enabled()) return 0;
    std::vector<Tensor> fresh;
    for (int32_t i = 0; i < outputCount; i++) {
      // A plain variable: neither a view nor one of the inputs, and without history.
      fresh.push_back(Tensor(borrow(outputs[i]).variable_data()));
    }
    auto node = std::shared_ptr<ManagedNode>(new ManagedNode(backward, release), torch::autograd::deleteNode);
    node->set_next_edges(torch::autograd::collect_next_edges(variables));
    for (int32_t i = 0; i < outputCount; i++) {
      if (at::isFloatingType(fresh[i].scalar_type())) {
        auto index = node->add_input_metadata(fresh[i]);
        torch::autograd::impl::set_gradient_edge(fresh[i], {node, index});
      } else {
        node->add_input_metadata(torch::autograd::Node::undefined_input());
      }
      take(outputs[i]);
      outputs[i] = give(std::move(fresh[i]));
    }
    node->context = context;  // last, so that a failure above leaves the context with the caller
    return 1;
  });
}

// Keeps freed blocks of memory for the next training step. The C library returns large blocks to the system
// at once, and a step that gets its activations as fresh pages spends a third of its time on page faults.
#pragma once

#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>

class CachingAllocator final : public c10::Allocator {
 public:
  // libtorch 2.3 dropped the const of allocate and 2.2 added copy_data: without 'override' these fit all.
  c10::DataPtr allocate(size_t n) const { return make(n); }
  c10::DataPtr allocate(size_t n) { return make(n); }
  void copy_data(void* target, const void* source, size_t n) const { std::memcpy(target, source, n); }
  c10::DeleterFnPtr raw_deleter() const override { return &give; }

  // UNDERTONE_CACHE_MB bounds what is kept (1024); 0 leaves memory to libtorch's own allocator.
  static bool install() {
    auto wanted = std::getenv("UNDERTONE_CACHE_MB");
    state().limit = (wanted ? std::strtoull(wanted, nullptr, 10) : 1024ull) << 20;
    if (state().limit > 0) c10::SetCPUAllocator(new CachingAllocator, 100);
    return true;
  }

 private:
  // The head holds the block's size, and keeps the alignment that vector instructions like.
  static constexpr size_t Head = 64, Large = 1 << 16;

  struct State {
    std::mutex mutex;
    std::multimap<size_t, char*> blocks;
    size_t limit = 0, cached = 0;
  };

  static State& state() {
    static auto& s = *new State;  // never destroyed: tensors may be freed while the process ends
    return s;
  }

  static c10::DataPtr make(size_t n) {
    void* data = n > 0 ? take(n) : nullptr;
    return {data, data, &give, c10::Device(c10::DeviceType::CPU)};
  }

  static char* take(size_t n) {
    if (n >= Large) {
      std::lock_guard<std::mutex> lock(state().mutex);
      auto found = state().blocks.lower_bound(n);
      if (found != state().blocks.end() && found->first <= n + n / 4) return remove(found) + Head;
    }
    void* base = nullptr;
    if (posix_memalign(&base, Head, n + Head) != 0) {
      trim(0);
      TORCH_CHECK(posix_memalign(&base, Head, n + Head) == 0, "out of memory: ", n, " bytes cannot be allocated");
    }
    *static_cast<size_t*>(base) = n;
    return static_cast<char*>(base) + Head;
  }

  static void give(void* data) {
    if (!data) return;
    auto base = static_cast<char*>(data) - Head;
    auto n = *reinterpret_cast<size_t*>(base);
    if (n < Large) return std::free(base);
    {
      std::lock_guard<std::mutex> lock(state().mutex);
      state().blocks.emplace(n, base);
      state().cached += n;
    }
    trim(state().limit);
  }

  static char* remove(std::multimap<size_t, char*>::iterator block) {
    auto base = block->second;
    state().cached -= block->first;
    state().blocks.erase(block);
    return base;
  }

  static void trim(size_t bytes) {
    std::lock_guard<std::mutex> lock(state().mutex);
    while (state().cached > bytes) std::free(remove(std::prev(state().blocks.end())));
  }
};

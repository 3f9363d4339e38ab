namespace Undertone.Torch;

/// <summary>The operators of layers and losses.</summary>
internal static class LayerOps
{
    internal static readonly Operator Linear = new("aten::linear");
    internal static readonly Operator Embedding = new("aten::embedding");
    internal static readonly Operator Conv1d = new("aten::conv1d");
    internal static readonly Operator Conv1dPadded = new("aten::conv1d.padding");
    internal static readonly Operator Conv2d = new("aten::conv2d");
    internal static readonly Operator Conv2dPadded = new("aten::conv2d.padding");
    internal static readonly Operator BatchNorm = new("aten::batch_norm");
    internal static readonly Operator LayerNorm = new("aten::layer_norm");
    internal static readonly Operator GroupNorm = new("aten::group_norm");
    internal static readonly Operator Dropout = new("aten::dropout");
    internal static readonly Operator FeatureDropout = new("aten::feature_dropout");
    internal static readonly Operator MaxPool1d = new("aten::max_pool1d");
    internal static readonly Operator MaxPool2d = new("aten::max_pool2d");
    internal static readonly Operator AvgPool1d = new("aten::avg_pool1d");
    internal static readonly Operator AvgPool2d = new("aten::avg_pool2d");
    internal static readonly Operator AdaptiveAvgPool1d = new("aten::adaptive_avg_pool1d");
    internal static readonly Operator AdaptiveAvgPool2d = new("aten::adaptive_avg_pool2d");
    internal static readonly Operator AdaptiveMaxPool1d = new("aten::adaptive_max_pool1d");
    internal static readonly Operator AdaptiveMaxPool2d = new("aten::adaptive_max_pool2d");
    internal static readonly Operator LstmPadded = new("aten::lstm.input");
    internal static readonly Operator LstmPacked = new("aten::lstm.data");
    internal static readonly Operator GruPadded = new("aten::gru.input");
    internal static readonly Operator GruPacked = new("aten::gru.data");
    internal static readonly Operator Pack = new("aten::_pack_padded_sequence");
    internal static readonly Operator Unpack = new("aten::_pad_packed_sequence");
    internal static readonly Operator CrossEntropy = new("aten::cross_entropy_loss");
    internal static readonly Operator Mse = new("aten::mse_loss");
    internal static readonly Operator L1 = new("aten::l1_loss");
    internal static readonly Operator SmoothL1 = new("aten::smooth_l1_loss");
    internal static readonly Operator BceWithLogits = new("aten::binary_cross_entropy_with_logits");
    internal static readonly Operator KlDiv = new("aten::kl_div");
}

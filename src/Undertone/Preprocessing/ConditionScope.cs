namespace Undertone.Preprocessing;

/// <summary>Which recordings a condition to be tested (noise, a telephone line) holds for.</summary>
public enum ConditionScope
{
    /// <summary>Those that are trained on and those that are predicted.</summary>
    All,

    /// <summary>Those that are predicted: trained on one, used in the other.</summary>
    Predicted,
}

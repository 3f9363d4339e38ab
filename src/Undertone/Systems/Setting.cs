using System.Reflection;

namespace Undertone.Systems;

/// <summary>One setting of a system, as <see cref="SettingPath.All"/> lists it.</summary>
/// <param name="Path">Its path in kebab case: <c>training.epochs</c>.</param>
/// <param name="Value">Its present value, as <see cref="SettingPath.Apply"/> takes it; null where it is empty or off.</param>
/// <param name="MayBe">What it may be, in words: <c>a whole number</c>, <c>one of: speaker, corpus</c>.</param>
/// <param name="IsOff">
/// Whether it is unset and left out of what is written: a setting that came later thus leaves the settings of finished trials as
/// they were. So is every setting of a group that is switched off.
/// </param>
/// <param name="Property">The property that bears it, whose documentation says what it does.</param>
public sealed record Setting(string Path, object? Value, string MayBe, bool IsOff, PropertyInfo Property);

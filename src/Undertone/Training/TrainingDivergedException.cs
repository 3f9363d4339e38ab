namespace Undertone.Training;

/// <summary>Training broke down; trying again with the same seed would break down the same way.</summary>
public sealed class TrainingDivergedException : UndertoneException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What broke down, in which epoch, and what to change.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }
}

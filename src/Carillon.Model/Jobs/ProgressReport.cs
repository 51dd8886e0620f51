namespace Carillon.Model;

/// <summary>One word of a run about how far it is.</summary>
/// <param name="Fraction">0 to 1.</param>
/// <param name="Text">One sentence, or null.</param>
public sealed record ProgressReport(double Fraction, string? Text);

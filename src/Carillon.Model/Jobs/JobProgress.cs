namespace Carillon.Model;

/// <summary>
/// How far a run says it is. Only the last word is kept, and it is read when somebody asks: code may report as often as
/// it likes.
/// </summary>
public sealed class JobProgress
{
    private const int MaxTextLength = 200;

    private volatile ProgressReport? _latest;

    /// <summary>The last word, or null before the first.</summary>
    public ProgressReport? Latest => _latest;

    /// <summary>Says how far the run is.</summary>
    /// <param name="fraction">0 to 1; what lies outside counts as the nearest, and NaN as 0.</param>
    /// <param name="text">One sentence, or null. Cut to 200 characters.</param>
    public void Report(double fraction, string? text = null)
    {
        var bounded = double.IsNaN(fraction) ? 0 : Math.Clamp(fraction, 0, 1);
        _latest = new ProgressReport(bounded, text is null ? null : StoredText.Clean(text, MaxTextLength));
    }
}

using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>Code that runs on the answering node.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Progress">0 to 1, as it says itself; null when it says nothing.</param>
/// <param name="Text">What it says about that, or null.</param>
internal sealed record LiveDocument(LiveState State, double? Progress, string? Text)
{
    /// <summary>Makes the document of an attempt whose code runs; null when it does not.</summary>
    public static LiveDocument? Of(LiveAttempt? live)
    {
        return live is null ? null : new LiveDocument(live.State, live.Progress?.Fraction, live.Progress?.Text);
    }
}

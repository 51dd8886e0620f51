using Carillon.Cluster;

namespace Carillon.Testing;

/// <summary>
/// What a test does to one node's way to the store. Settable at any time; it counts from the next call on.
/// </summary>
public sealed class StoreFaults
{
    /// <summary>How long a call takes to reach the store. Default: none, and calls complete inline.</summary>
    public TimeSpan RequestDelay { get; set; }

    /// <summary>How long an answer takes to come back. Default: none.</summary>
    public TimeSpan ReplyDelay { get; set; }

    /// <summary>
    /// Decides for each call by its name, such as <c>append</c> or <c>beat</c>. Delays do not apply to <c>beat</c>,
    /// which blocks its caller. Default: nothing goes wrong.
    /// </summary>
    public Func<string, StoreFault> Decide { get; set; } = static _ => StoreFault.None;

    /// <summary>Decides for each append by what it holds, unless <see cref="Decide"/> has. Default: nothing goes wrong.</summary>
    public Func<AppendBatch, StoreFault> DecideAppend { get; set; } = static _ => StoreFault.None;
}

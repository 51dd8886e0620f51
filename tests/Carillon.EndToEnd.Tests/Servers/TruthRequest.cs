namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>One request that a job has made, as it arrived.</summary>
/// <param name="Order">Its place in the order of arrival.</param>
/// <param name="ArrivedAt">When.</param>
/// <param name="Attempt">Which attempt it belongs to, by its headers.</param>
/// <param name="Execution"><c>Carillon-Execution</c>.</param>
/// <param name="FencingToken"><c>Carillon-Fencing-Token</c>.</param>
/// <param name="IdempotencyKey"><c>Idempotency-Key</c>.</param>
/// <param name="TraceParent"><c>traceparent</c>.</param>
internal sealed record TruthRequest(
    int Order,
    DateTimeOffset ArrivedAt,
    AttemptName Attempt,
    Guid Execution,
    long FencingToken,
    string IdempotencyKey,
    string TraceParent)
{
    private volatile int _status;

    /// <summary>Whether the answer was written; false while the work takes its time, and for ever when the caller died.</summary>
    public bool IsAnswered => _status != 0;

    /// <summary>The status of the answer; 0 when there is none.</summary>
    public int Status => _status;

    public void AnsweredWith(int status)
    {
        _status = status;
    }
}

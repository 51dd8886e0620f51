namespace Carillon.Metrics;

/// <summary>An operation with its labels, looked up once. Keep it; recording through it allocates nothing.</summary>
public sealed class BoundOperation
{
    private readonly OperationCell? _cell;
    private readonly TimeProvider _time;

    internal BoundOperation(OperationCell? cell, TimeProvider time)
    {
        _cell = cell;
        _time = time;
    }

    /// <summary>Records a call that succeeded, and how long it took.</summary>
    public void Record(TimeSpan latency)
    {
        _cell?.Record(latency, succeeded: true, errorType: null, attempt: 0);
    }

    /// <summary>Records a call that failed, and how long it took.</summary>
    public void RecordFailure(TimeSpan latency, string? errorType)
    {
        _cell?.Record(latency, succeeded: false, errorType, attempt: 0);
    }

    /// <summary>Records that a call is tried again; see <see cref="IOperationMetrics.RecordRetry"/>.</summary>
    public void RecordRetry(int attempt)
    {
        _cell?.Record(latency: null, succeeded: null, errorType: null, attempt);
    }

    /// <summary>Measures until disposed.</summary>
    public OperationTimer Measure()
    {
        return new OperationTimer(_cell, _time);
    }
}

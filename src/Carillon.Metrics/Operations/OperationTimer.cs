namespace Carillon.Metrics;

/// <summary>Measures one call from its making to its disposal. For one thread at a time.</summary>
public sealed class OperationTimer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _began;
    private OperationCell? _cell;
    private string? _errorType;
    private bool _hasFailed;

    internal OperationTimer(OperationCell? cell, TimeProvider time)
    {
        _cell = cell;
        _time = time;
        _began = cell is null ? 0 : time.GetTimestamp();
    }

    /// <summary>Makes the call count as a failure.</summary>
    /// <param name="errorType">What went wrong, in a few words of a closed set. Empty or null: <c>unknown</c>.</param>
    public void Fail(string? errorType)
    {
        _hasFailed = true;
        _errorType = errorType;
    }

    /// <summary>Makes the call count as a failure by an exception.</summary>
    public void Fail(Exception? cause)
    {
        Fail(cause?.GetType().Name);
    }

    /// <summary>Records the call, once.</summary>
    public void Dispose()
    {
        _cell?.Record(_time.GetElapsedTime(_began), !_hasFailed, _errorType, attempt: 0);
        _cell = null;
    }
}

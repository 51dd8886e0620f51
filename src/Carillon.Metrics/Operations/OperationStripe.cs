namespace Carillon.Metrics;

/// <summary>Figures that one thread at a time adds to. It is held for the time of one addition and never waited for.</summary>
internal sealed class OperationStripe
{
    private readonly OperationTotals _totals = new();
    private int _isHeld;

    /// <summary>Takes the stripe; false when another thread has it.</summary>
    public bool TryEnter()
    {
        return Volatile.Read(ref _isHeld) == 0 && Interlocked.CompareExchange(ref _isHeld, 1, 0) == 0;
    }

    /// <summary>Gives the stripe back.</summary>
    public void Exit()
    {
        Volatile.Write(ref _isHeld, 0);
    }

    /// <summary>Adds one record; the stripe is held.</summary>
    public void Add(long microseconds, bool succeeded, string? failure, int attempt)
    {
        if (microseconds >= 0)
        {
            _totals.Measure(microseconds);
        }

        if (succeeded)
        {
            _totals.Succeed();
        }
        else if (failure is not null)
        {
            _totals.Fail(failure);
        }

        if (attempt > 1)
        {
            _totals.Retry(attempt);
        }
    }

    /// <summary>Hands everything on and begins anew.</summary>
    public void MoveTo(OperationTotals totals)
    {
        var wait = default(SpinWait);
        while (!TryEnter())
        {
            wait.SpinOnce();
        }

        try
        {
            totals.Add(_totals);
            _totals.Clear();
        }
        finally
        {
            Exit();
        }
    }
}

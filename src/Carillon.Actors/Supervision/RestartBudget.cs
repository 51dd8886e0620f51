namespace Carillon.Actors;

/// <summary>The restarts of one child: how many it may still have, and how long the next one waits.</summary>
internal sealed class RestartBudget(SupervisorStrategy strategy)
{
    private TimeSpan? _windowOpened;
    private int _restartsInWindow;
    private int _failuresInARow;
    private TimeSpan _upSince;

    /// <summary>Takes one restart out of the budget.</summary>
    /// <param name="now">Time of the failure on any steady scale.</param>
    /// <param name="chance">0 to 1, the share of the jitter to add.</param>
    /// <returns>The delay before the restart, or <see langword="null"/> when the budget is used up.</returns>
    internal TimeSpan? TakeRestart(TimeSpan now, double chance)
    {
        if (_windowOpened is null || now - _windowOpened > strategy.Window)
        {
            _windowOpened = now;
            _restartsInWindow = 0;
        }

        if (_restartsInWindow == strategy.MaxRestarts)
        {
            return null;
        }

        _restartsInWindow++;
        _failuresInARow = now - _upSince >= strategy.BackoffMax ? 1 : _failuresInARow + 1;
        var delay = Delay(_failuresInARow - 1) * (1 + (chance * strategy.BackoffJitter));
        _upSince = now + delay;
        return delay;
    }

    private TimeSpan Delay(int doublings)
    {
        // Beyond 62 doublings the product is over any maximum; capping also keeps it finite.
        var delay = strategy.BackoffMin.Ticks * Math.Pow(2, Math.Min(doublings, 62));
        return delay < strategy.BackoffMax.Ticks ? TimeSpan.FromTicks((long)delay) : strategy.BackoffMax;
    }
}

using System.Diagnostics;
using Carillon.Actors;
using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <summary>
/// Keeps the store ready for the coming days and for new owners, and free of what has expired, in bounded steps. Every node
/// has one; the steps are idempotent, so it does not matter that they do the same.
/// </summary>
public sealed partial class Housekeeper : Actor<object>
{
    private const int StepRows = 5_000;
    private static readonly object RoundTimer = new();
    private static readonly TimeSpan RoundInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(100);

    private readonly IStoreMaintenance _store;
    private readonly Retention _retention;

    /// <summary>Makes a housekeeper.</summary>
    /// <param name="store">The store to keep.</param>
    /// <param name="retention">How long recorded history stays.</param>
    public Housekeeper(IStoreMaintenance store, Retention retention)
    {
        _store = store;
        _retention = retention;
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.Timers.StartSingle(RoundTimer, new StepDue(), BetweenSteps);
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        switch (message)
        {
            case StepDue:
                Context.PipeToSelf(StepAsync(Context.Time.Now()), static more => new StepDone(more), static cause => new StepFailed(cause));
                break;
            case StepDone done:
                Context.Timers.StartSingle(RoundTimer, new StepDue(), done.More ? BetweenSteps : RoundInterval);
                break;
            case StepFailed failed:
                LogFailed(Context.Log, failed.Cause);
                Context.Timers.StartSingle(RoundTimer, new StepDue(), RoundInterval);
                break;
            default:
                throw new UnreachableException($"A housekeeper does not understand {message.GetType().Name}.");
        }
    }

    private async Task<bool> StepAsync(DateTimeOffset now)
    {
        await _store.PrepareAsync(now, CancellationToken.None);
        if (await _store.DeleteExpiredAsync(_retention.Before(now), StepRows, CancellationToken.None))
        {
            return true;
        }

        await _store.SweepAsync(CancellationToken.None);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A step of housekeeping failed; it is tried again in a minute.")]
    private static partial void LogFailed(ILogger log, Exception cause);

    private sealed record StepDue;

    private sealed record StepDone(bool More);

    private sealed record StepFailed(Exception Cause);
}

using System.Diagnostics;
using Carillon.Actors;
using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <summary>
/// Keeps the store ready for the coming days and free of what has expired, in bounded steps, and short what new owners have
/// to read. Every node has one; the steps are idempotent, so it does not matter that they do the same.
/// </summary>
public sealed partial class Housekeeper : Actor<object>
{
    private const int StepRows = 5_000;
    private static readonly TimeSpan RoundInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(1);

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

    private enum Chore
    {
        Round,
        Sweep,
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        StartAfter(BetweenSteps, Chore.Round);
        StartAfter(SweepInterval, Chore.Sweep);
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        switch (message)
        {
            case Due due:
                Context.PipeToSelf(DoAsync(due.Chore, Context.Time.Now()), next => new Done(due.Chore, next), cause => new Failed(due.Chore, cause));
                break;
            case Done done:
                StartAfter(done.Next, done.Chore);
                break;
            case Failed failed:
                LogFailed(Context.Log, failed.Cause);
                StartAfter(RetryDelay, failed.Chore);
                break;
            default:
                throw new UnreachableException($"A housekeeper does not understand {message.GetType().Name}.");
        }
    }

    private void StartAfter(TimeSpan delay, Chore chore)
    {
        Context.Timers.StartSingle(chore, new Due(chore), delay);
    }

    /// <returns>The time until it is to be done again.</returns>
    private async Task<TimeSpan> DoAsync(Chore chore, DateTimeOffset now)
    {
        if (chore is Chore.Sweep)
        {
            await _store.SweepAsync(CancellationToken.None);
            return SweepInterval;
        }

        await _store.PrepareAsync(now, CancellationToken.None);
        var more = await _store.DeleteExpiredAsync(_retention.Before(now), StepRows, CancellationToken.None);
        return more ? BetweenSteps : RoundInterval;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A step of housekeeping failed; it is tried again in a minute.")]
    private static partial void LogFailed(ILogger log, Exception cause);

    private sealed record Due(Chore Chore);

    private sealed record Done(Chore Chore, TimeSpan Next);

    private sealed record Failed(Chore Chore, Exception Cause);
}

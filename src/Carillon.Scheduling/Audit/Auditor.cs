using System.Diagnostics;
using Carillon.Actors;
using Microsoft.Extensions.Logging;

namespace Carillon.Scheduling;

/// <summary>
/// Has the records of this node's shards audited again and again, in passes with a bounded share of the time, away from
/// everything that runs jobs.
/// </summary>
public sealed partial class Auditor : Actor<object>
{
    private static readonly object PassTimer = new();
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(1);

    private readonly AuditPass _pass;
    private readonly AuditOptions _options;

    /// <summary>Makes an auditor.</summary>
    public Auditor(AuditPass pass, AuditOptions options)
    {
        _pass = pass;
        _options = options;
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Wait(_options.Interval);
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        switch (message)
        {
            case PassDue:
                var began = Context.Time.GetTimestamp();
                Context.PipeToSelf(
                    _pass.RunAsync(Context.Time.GetUtcNow(), CancellationToken.None),
                    more => new PassDone(more, began),
                    static cause => new PassFailed(cause));
                break;
            case PassDone done:
                var rest = Context.Time.GetElapsedTime(done.Began) * _options.Rest;
                var next = done.More ? ShortestRest : _options.Interval;
                Wait(rest > next ? rest : next);
                break;
            case PassFailed failed:
                LogFailed(Context.Log, failed.Cause);
                Wait(_options.Interval);
                break;
            default:
                throw new UnreachableException($"An auditor does not understand {message.GetType().Name}.");
        }
    }

    private void Wait(TimeSpan time)
    {
        Context.Timers.StartSingle(PassTimer, new PassDue(), time);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A pass of the audit was cut short; the next one begins where it ended.")]
    private static partial void LogFailed(ILogger log, Exception cause);

    private sealed record PassDue;

    private sealed record PassDone(bool More, long Began);

    private sealed record PassFailed(Exception Cause);
}

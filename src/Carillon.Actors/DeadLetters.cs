using Microsoft.Extensions.Logging;

namespace Carillon.Actors;

/// <summary>
/// Counts the messages that reached nobody, and logs the first ten of them; then logging pauses for five minutes, so
/// that a flood of dead letters does not become a flood of logs. The payload is never logged.
/// </summary>
public sealed partial class DeadLetters
{
    private const int LoggedInARow = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long[] _counts = new long[Enum.GetValues<DeadLetterReason>().Length];
    private readonly Lock _gate = new();
    private int _logged;
    private long _unlogged;
    private long _pausedAt;

    internal DeadLetters(TimeProvider time, ILogger logger)
    {
        _time = time;
        _logger = logger;
    }

    /// <summary>All dead letters since the system was made.</summary>
    public long Total => Enum.GetValues<DeadLetterReason>().Sum(Count);

    /// <summary>Dead letters of one kind since the system was made.</summary>
    public long Count(DeadLetterReason reason) => Interlocked.Read(ref _counts[(int)reason]);

    /// <summary>Records a message that reached nobody. For routers too, whose recipients are not actors.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="path">Whom it was for.</param>
    /// <param name="message">Only its type is logged.</param>
    public void Publish(DeadLetterReason reason, string path, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Record(reason, out var unlogged))
        {
            Log(reason, path, message, unlogged);
        }
    }

    /// <summary>
    /// As the other, but puts the path together only if it is logged: refusing must be cheap in a flood.
    /// </summary>
    internal void Publish<T>(DeadLetterReason reason, IActorRef<T> recipient, object message)
        where T : class
    {
        if (Record(reason, out var unlogged))
        {
            Log(reason, recipient.Path, message, unlogged);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dead letter: {Message} to {Path}, {Reason}")]
    private static partial void LogDeadLetter(ILogger logger, string message, string path, DeadLetterReason reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} dead letters were not logged in the pause before")]
    private static partial void LogResumed(ILogger logger, long count);

    private void Log(DeadLetterReason reason, string path, object message, long unlogged)
    {
        if (unlogged > 0)
        {
            LogResumed(_logger, unlogged);
        }

        LogDeadLetter(_logger, message.GetType().Name, path, reason);
    }

    /// <summary>Counts one more, and tells whether it may be logged and how many before it were not.</summary>
    private bool Record(DeadLetterReason reason, out long unlogged)
    {
        unlogged = 0;
        Interlocked.Increment(ref _counts[(int)reason]);
        lock (_gate)
        {
            if (_logged == LoggedInARow)
            {
                if (_time.GetElapsedTime(_pausedAt) < Pause)
                {
                    _unlogged++;
                    return false;
                }

                unlogged = _unlogged;
                _unlogged = 0;
                _logged = 0;
            }

            if (++_logged == LoggedInARow)
            {
                _pausedAt = _time.GetTimestamp();
            }

            return true;
        }
    }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Actors;

/// <summary>What an actor system takes from outside: clock, threads, chance and logs.</summary>
public sealed record ActorSystemOptions
{
    /// <summary>The clock of all timers, timeouts and restart delays.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Runs the actors. May serve several systems; not disposed by any of them.</summary>
    public required Dispatcher Dispatcher { get; init; }

    /// <summary>The source of chance. The system locks it, so a plain seeded instance is enough.</summary>
    public required Random Random { get; init; }

    /// <summary>Makes the loggers; logs go nowhere unless set.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// For tests: Tell throws an <see cref="ArgumentException"/> for a message whose type can be changed, by a member
    /// that is not read-only or by an array or mutable collection in one. Off unless set.
    /// </summary>
    public bool CheckMessages { get; init; }

    /// <summary>
    /// How long an ask waits for its reply unless told otherwise. More than zero, 5 seconds unless set.
    /// </summary>
    public TimeSpan AskTimeout
    {
        get;
        init
        {
            Require.That(value > TimeSpan.Zero, nameof(AskTimeout), value, "more than zero");
            field = value;
        }
    } = TimeSpan.FromSeconds(5);
}

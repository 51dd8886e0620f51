namespace Carillon.Actors;

/// <summary>One message of the kernel to a cell; which members are set depends on the kind.</summary>
internal sealed class SystemMessage(SystemMessageKind kind)
{
    /// <summary>Stands at the head of the queue of a stopped cell.</summary>
    internal static readonly SystemMessage Closed = new(SystemMessageKind.Stop);

    internal SystemMessageKind Kind => kind;

    internal SystemMessage? Next { get; set; }

    /// <summary>The cell the message is about: the one that failed or stopped.</summary>
    internal ActorCell? Cell { get; init; }

    internal ITerminationListener? Listener { get; init; }

    internal Exception? Cause { get; init; }

    /// <summary>Whether a failed child has a working instance, so that a verdict can be to resume.</summary>
    internal bool CanResume { get; init; }

    internal HandlerTask? Handler { get; init; }

    internal CallbackItem? Callback { get; init; }

    internal TimeSpan Delay { get; init; }
}

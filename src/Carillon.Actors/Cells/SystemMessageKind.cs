namespace Carillon.Actors;

/// <summary>What the kernel tells a cell. Each overtakes every user message.</summary>
internal enum SystemMessageKind
{
    /// <summary>To anybody: stop, children first.</summary>
    Stop,

    /// <summary>From a parent that failed: handle no user messages.</summary>
    Suspend,

    /// <summary>Undoes one Suspend.</summary>
    Resume,

    /// <summary>From a child: it failed, and waits for the verdict.</summary>
    Failed,

    /// <summary>Verdict: carry on with the same instance.</summary>
    ResumeFailed,

    /// <summary>Verdict: carry on with a new instance after the delay.</summary>
    RestartFailed,

    /// <summary>From the clock: the delay of a restart is over.</summary>
    BackoffElapsed,

    /// <summary>From a child: it has stopped.</summary>
    ChildStopped,

    /// <summary>Tell the listener when you have stopped.</summary>
    Watch,

    /// <summary>Do not tell the listener.</summary>
    Unwatch,

    /// <summary>To a watcher: the watched one has stopped.</summary>
    Terminated,

    /// <summary>From a handler that goes on asynchronously: run this part of it.</summary>
    Continue,

    /// <summary>From the clock: a handler has used up its time.</summary>
    HandlerExpired,
}

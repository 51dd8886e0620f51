namespace Carillon.Testing;

/// <summary>What goes wrong with one call.</summary>
public enum StoreFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The call fails and has changed nothing.</summary>
    FailBefore,

    /// <summary>The call does its work, and its answer is lost: the caller sees a failure.</summary>
    FailAfter,

    /// <summary>The caller gives up while the call is on its way; it does its work a moment later, unless its node is killed.</summary>
    Late,

    /// <summary>The store refuses a value of an append; nothing of it is recorded.</summary>
    Refuse,

    /// <summary>The call never comes back and has changed nothing.</summary>
    HangBefore,

    /// <summary>The call does its work, also for a node that is being killed, and never comes back.</summary>
    HangAfter,
}

namespace Carillon.Actors;

/// <summary>Where an actor is in its life. User messages are handled in <see cref="Running"/> only.</summary>
internal enum ActorPhase : byte
{
    /// <summary>A new instance is being made and started.</summary>
    Starting,

    /// <summary>Handles messages, unless suspended by a failed ancestor.</summary>
    Running,

    /// <summary>Suspended until the parent's verdict.</summary>
    Failed,

    /// <summary>To be restarted; its children are stopping.</summary>
    Restarting,

    /// <summary>Has no instance; waits for the backoff.</summary>
    Down,

    /// <summary>To be stopped; its children are stopping.</summary>
    Stopping,

    /// <summary>Over.</summary>
    Stopped,
}

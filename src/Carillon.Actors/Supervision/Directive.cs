namespace Carillon.Actors;

/// <summary>What a parent decides about a failed child.</summary>
public enum Directive
{
    /// <summary>
    /// Carry on with the next message, state kept. After a failed start the same as <see cref="Restart"/>.
    /// </summary>
    Resume,

    /// <summary>Carry on with the next message on a new instance, after the backoff.</summary>
    Restart,

    /// <summary>Stop the child.</summary>
    Stop,

    /// <summary>The parent fails with the same exception.</summary>
    Escalate,
}

namespace Carillon.Cluster;

/// <summary>A local actor that other nodes have been told of.</summary>
internal abstract class ExportedActor(long number)
{
    public long Number => number;

    public abstract object Actor { get; }

    /// <summary>What it takes, as far as other nodes know.</summary>
    public abstract Type Takes { get; }

    /// <summary>Tells the actor. False when it does not take such a message, which then counts nowhere yet.</summary>
    public abstract bool TryTell(object message);
}

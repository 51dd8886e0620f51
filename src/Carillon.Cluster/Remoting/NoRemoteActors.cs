using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>The actors of other nodes as seen by a node that is alone: there are none.</summary>
public sealed class NoRemoteActors : IRemoteActors
{
    /// <inheritdoc/>
    public IActorRef<object> Find(Guid node, string name)
    {
        return Nobody.Instance;
    }

    private sealed class Nobody : IActorRef<object>
    {
        public static readonly Nobody Instance = new();

        public string Path => "/nobody";

        public bool Tell(object message)
        {
            return false;
        }
    }
}

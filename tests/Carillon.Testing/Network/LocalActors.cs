using System.Collections.Concurrent;
using Carillon.Actors;
using Carillon.Cluster;

namespace Carillon.Testing;

/// <summary>The actors that a node offers, as seen by itself when it is alone: there are no others. Any thread.</summary>
/// <param name="me">The node's incarnation.</param>
public sealed class LocalActors(Guid me) : IRemoteActors
{
    private readonly ConcurrentDictionary<string, IActorRef<object>> _actors = new(StringComparer.Ordinal);

    /// <summary>Offers an actor.</summary>
    public void Publish(string name, IActorRef<object> actor)
    {
        _actors[name] = actor;
    }

    /// <inheritdoc/>
    public IActorRef<object> Find(Guid node, string name)
    {
        return node == me && _actors.TryGetValue(name, out var actor) ? actor : Nobody.Instance;
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

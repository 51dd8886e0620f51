using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>The address of an actor that another node offers or has told of. Two of the same actor are equal.</summary>
internal sealed class RemoteRef(RemoteActors actors, RemoteAddress address)
    : IActorRef<object>, IActorSystemMember, IEquatable<RemoteRef>
{
    public string Path => $"/nodes/{address}";

    public ActorSystem System => actors.System;

    internal RemoteAddress Address => address;

    public bool Tell(object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return actors.Send(address, message);
    }

    public bool Equals(RemoteRef? other)
    {
        return other is not null && other.Address == address;
    }

    public override bool Equals(object? obj)
    {
        return Equals(obj as RemoteRef);
    }

    public override int GetHashCode()
    {
        return address.GetHashCode();
    }
}

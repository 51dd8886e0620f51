using System.Diagnostics.CodeAnalysis;
using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>
/// The local actors that travelled inside messages, by number. Two generations: what is used moves to the young one;
/// a turn drops the old one. So an entry lives for one to two turns after its last use, and a turn costs nothing.
/// Safe to use from any thread.
/// </summary>
internal sealed class ExportTable(int capacity)
{
    private readonly Lock _gate = new();
    private Generation _young = new();
    private Generation _old = new();
    private long _last;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _young.Count + _old.Count;
            }
        }
    }

    /// <summary>The number of an actor: the one it has, or a new one.</summary>
    /// <exception cref="ExportsFullException">There are as many as there may be.</exception>
    public long Add<T>(IActorRef<T> actor)
        where T : class
    {
        lock (_gate)
        {
            if (_young.Find(actor, typeof(T)) is { } known)
            {
                return known.Number;
            }

            if (_old.Find(actor, typeof(T)) is { } old)
            {
                MoveUp(old);
                return old.Number;
            }

            if (_young.Count + _old.Count >= capacity)
            {
                throw new ExportsFullException(capacity);
            }

            _young.Add(new ExportedActor<T>(++_last, actor));
            return _last;
        }
    }

    /// <summary>The actor under a number.</summary>
    public bool TryFind(long number, [NotNullWhen(true)] out ExportedActor? actor)
    {
        lock (_gate)
        {
            actor = _young.Find(number);
            if (actor is null && _old.Find(number) is { } old)
            {
                MoveUp(old);
                actor = old;
            }

            return actor is not null;
        }
    }

    /// <summary>Forgets an actor.</summary>
    public void Remove(ExportedActor actor)
    {
        lock (_gate)
        {
            _young.Remove(actor);
            _old.Remove(actor);
        }
    }

    /// <summary>Forgets what was not used since the last turn.</summary>
    public void Turn()
    {
        lock (_gate)
        {
            _old = _young;
            _young = new Generation();
        }
    }

    private void MoveUp(ExportedActor actor)
    {
        _old.Remove(actor);
        _young.Add(actor);
    }

    private sealed class Generation
    {
        private readonly Dictionary<long, ExportedActor> _byNumber = [];
        private readonly Dictionary<(object Actor, Type Takes), ExportedActor> _byActor = new(ByReference.Instance);

        public int Count => _byNumber.Count;

        public ExportedActor? Find(long number)
        {
            return _byNumber.GetValueOrDefault(number);
        }

        public ExportedActor? Find(object actor, Type takes)
        {
            return _byActor.GetValueOrDefault((actor, takes));
        }

        public void Add(ExportedActor actor)
        {
            _byNumber.Add(actor.Number, actor);
            _byActor.Add((actor.Actor, actor.Takes), actor);
        }

        public void Remove(ExportedActor actor)
        {
            if (_byNumber.Remove(actor.Number))
            {
                _byActor.Remove((actor.Actor, actor.Takes));
            }
        }
    }

    private sealed class ByReference : IEqualityComparer<(object Actor, Type Takes)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((object Actor, Type Takes) x, (object Actor, Type Takes) y)
        {
            return ReferenceEquals(x.Actor, y.Actor) && x.Takes == y.Takes;
        }

        public int GetHashCode((object Actor, Type Takes) obj)
        {
            return HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Actor), obj.Takes);
        }
    }
}

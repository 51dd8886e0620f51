using System.Collections.Concurrent;
using Carillon.Actors;
using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <summary>
/// The actors of other nodes, and those that this node offers to them. What is told to one of another node travels over
/// a lane: once and in order, while both nodes live, or <see cref="IActorRef{T}.Tell"/> answers false. Safe to use from
/// any thread.
/// </summary>
public sealed partial class RemoteActors : IRemoteActors
{
    private readonly ILogger _log;
    private readonly MessageCodec _codec;
    private readonly IActorRef<object> _keeper;
    private readonly ConcurrentDictionary<string, PublishedActor> _published = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(Guid Peer, LanePurpose Purpose), Lane> _lanes = new();
    private readonly ConcurrentDictionary<(Guid Peer, LanePurpose Purpose), InboundLane> _inbound = new();
    private readonly LaneCounters[] _counters = [.. Enum.GetValues<LanePurpose>().Select(static _ => new LaneCounters())];
    private long _lastLane;

    /// <summary>Makes what one node needs; it ends with the actor system.</summary>
    /// <param name="options">Who takes part.</param>
    /// <param name="system">The system of the node.</param>
    /// <param name="directory">The nodes as last read: lanes end when a node is dead or gone from it.</param>
    /// <param name="network">The way to the other nodes.</param>
    /// <param name="messages">What may travel.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <exception cref="ArgumentException">Two of the messages have the same name.</exception>
    public RemoteActors(
        RemotingOptions options,
        ActorSystem system,
        NodeDirectory directory,
        ILaneNetwork network,
        IReadOnlyList<WireList> messages,
        ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(system);
        Options = options;
        System = system;
        Directory = directory;
        Exports = new ExportTable(options.Exports);
        _log = loggers.CreateLogger<RemoteActors>();
        _codec = new MessageCodec(this, messages);
        _keeper = system.Spawn<object>("lanes", () => new LaneKeeper(this, network));
    }

    /// <summary>How many actors of this node others may tell by number.</summary>
    public int ExportCount => Exports.Count;

    internal RemotingOptions Options { get; }

    internal ActorSystem System { get; }

    internal NodeDirectory Directory { get; }

    internal ExportTable Exports { get; }

    /// <summary>In an order that does not change from process to process, as hashes do: simulated lives must replay.</summary>
    internal IEnumerable<Lane> Lanes => _lanes.Values.OrderBy(static lane => lane.Peer).ThenBy(static lane => lane.Purpose);

    /// <summary>Offers an actor to other nodes. A second one under the same name takes its place.</summary>
    /// <param name="name">One of <see cref="RemoteNames"/>: 1 to 64 ASCII letters.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="accepts">What others may tell it; anything else is a dead letter.</param>
    public void Publish(string name, IActorRef<object> actor, IEnumerable<Type> accepts)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (name is not { Length: > 0 and <= RemoteAddress.MaxName } || !name.All(char.IsAsciiLetter))
        {
            throw new ArgumentException($"name '{name}' is not allowed: 1 to {RemoteAddress.MaxName} ASCII letters are", nameof(name));
        }

        _published[name] = new PublishedActor(actor, accepts.ToHashSet());
    }

    /// <inheritdoc/>
    public IActorRef<object> Find(Guid node, string name)
    {
        return Resolve<object>(new RemoteAddress(node, name, 0));
    }

    /// <summary>Takes a connection of another node, and refuses it where it is meant for somebody else.</summary>
    /// <param name="hello">What the other node says; that it may say so has been checked.</param>
    /// <param name="connection">Belongs to this from now on.</param>
    /// <returns>Ends when the connection is not needed any more, and closed.</returns>
    public async Task AcceptAsync(LaneHello hello, ILaneConnection connection)
    {
        ArgumentNullException.ThrowIfNull(hello);
        ArgumentNullException.ThrowIfNull(connection);
        using (connection)
        {
            if (RefusalOf(hello) is { } reason)
            {
                await connection.SendAsync(LaneFrame.OfRefusal(reason));
                return;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_keeper.Tell(new LaneArrived(hello, connection, done)))
            {
                await done.Task;
            }
        }
    }

    /// <summary>What the lanes of each purpose have been through.</summary>
    public IReadOnlyList<LaneFigures> Figures()
    {
        return [.. Enum.GetValues<LanePurpose>().Select(purpose => new LaneFigures(
            purpose,
            CountersOf(purpose).Breaks,
            CountersOf(purpose).Lost,
            _lanes.Values.Where(lane => lane.Purpose == purpose).Sum(static lane => lane.Outbox.Bytes)))];
    }

    /// <summary>Closes every connection and takes none any more. What waits is lost; Tell answers false from now on.</summary>
    public Task StopAsync()
    {
        return System.StopAsync(_keeper);
    }

    internal LaneCounters CountersOf(LanePurpose purpose)
    {
        return _counters[(int)purpose];
    }

    internal IActorRef<T> Resolve<T>(in RemoteAddress address)
        where T : class
    {
        return address.Node == Options.Incarnation && FindOwn(address) is IActorRef<T> own ? own : new RemoteRef(this, address);
    }

    internal RemoteAddress AddressOf<T>(IActorRef<T> actor)
        where T : class
    {
        return actor is RemoteRef remote ? remote.Address : new RemoteAddress(Options.Incarnation, null, Exports.Add(actor));
    }

    internal LaneHello HelloTo(Lane lane)
    {
        return new LaneHello(
            LaneHello.CurrentProtocol, Options.Cluster, Options.Incarnation, Options.Name, lane.Peer, lane.Purpose, lane.Number, lane.Outbox.First);
    }

    /// <summary>Sends a message to an actor of another node, or hands it to one of this node.</summary>
    internal bool Send(in RemoteAddress target, object message)
    {
        if (target.Node == Options.Incarnation)
        {
            return Deliver(target.Name, target.Number, message);
        }

        if (LaneTo(target.Node, _codec.Types.PurposeOf(message)) is not { } lane)
        {
            return Refuse(DeadLetterReason.Stopped, target, message);
        }

        if (Encode(target, message) is not { } bytes)
        {
            return Refuse(DeadLetterReason.NoRecipient, target, message);
        }

        if (!lane.Outbox.TryAdd(bytes, out var wakes))
        {
            return Refuse(lane.Outbox.IsClosed ? DeadLetterReason.Stopped : DeadLetterReason.MailboxFull, target, message);
        }

        if (wakes)
        {
            lane.Wake();
        }

        return true;
    }

    /// <summary>Takes the bytes of one message of another node. Whatever they are, nothing is thrown.</summary>
    internal void Receive(Guid from, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var message = _codec.Decode(bytes, out var name, out var number);
            Deliver(name, number, message);
        }
#pragma warning disable CA1031 // The supervision boundary of what other nodes send: it must not fail this one.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotUnderstood(from, bytes.Length, error.Message);
            System.DeadLetters.Publish(DeadLetterReason.NoRecipient, $"/nodes/{Options.Incarnation:N}", error);
        }
    }

    /// <summary>The receiving side of a lane, which remembers what has come.</summary>
    internal InboundLane InboundOf(Guid peer, LanePurpose purpose)
    {
        return _inbound.GetOrAdd(
            (peer, purpose), static (key, now) => new InboundLane(key.Peer, key.Purpose, now), System.Time.GetTimestamp());
    }

    /// <summary>Whether a node has connected that may not be in the directory yet.</summary>
    internal bool HasHeard(Guid peer)
    {
        return _inbound.ContainsKey((peer, LanePurpose.Control)) || _inbound.ContainsKey((peer, LanePurpose.Bulk));
    }

    /// <summary>Ends a lane for good: what waits in it are dead letters, and further messages are refused.</summary>
    internal void End(Lane lane)
    {
        Lose(lane, lane.Outbox.Close());
    }

    /// <summary>Lets a lane go on as another one: what was sent and not acknowledged are dead letters.</summary>
    internal void BeginAnew(Lane lane)
    {
        Lose(lane, lane.Outbox.Skip());
        lane.Number = Interlocked.Increment(ref _lastLane);
    }

    /// <summary>Ends a lane whose peer is gone.</summary>
    internal void Forget(Lane lane)
    {
        _lanes.TryRemove(new((lane.Peer, lane.Purpose), lane));
        End(lane);
    }

    internal void Forget(InboundLane lane)
    {
        _inbound.TryRemove(new((lane.Peer, lane.Purpose), lane));
    }

    private void Lose(Lane lane, int count)
    {
        CountersOf(lane.Purpose).CountLost(count);
        for (; count > 0; count--)
        {
            System.DeadLetters.Publish(DeadLetterReason.Stopped, $"/nodes/{lane.Peer:N}", lane);
        }
    }

    private string? RefusalOf(LaneHello hello)
    {
        return hello.Protocol != LaneHello.CurrentProtocol ? $"protocol {hello.Protocol} is not spoken here, {LaneHello.CurrentProtocol} is"
            : !string.Equals(hello.Cluster, Options.Cluster, StringComparison.Ordinal) ? $"this is cluster '{Options.Cluster}', not '{hello.Cluster}'"
            : hello.To != Options.Incarnation ? $"this is incarnation {Options.Incarnation}, not {hello.To}"
            : !Enum.IsDefined(hello.Purpose) ? $"there is no lane for {hello.Purpose}"
            : hello.First < 1 ? $"there is no message {hello.First}"
            : Directory.Nodes.TryGetValue(hello.From, out var node) && node.Status == NodeStatus.Dead ? $"incarnation {hello.From} is dead"
            : null;
    }

    private Lane? LaneTo(Guid peer, LanePurpose purpose)
    {
        if (_lanes.TryGetValue((peer, purpose), out var lane))
        {
            return lane;
        }

        var isKnown = Directory.Nodes.TryGetValue(peer, out var node);
        if (isKnown ? node!.Status == NodeStatus.Dead : !HasHeard(peer))
        {
            return null;
        }

        var made = new Lane(peer, purpose, Interlocked.Increment(ref _lastLane), new Outbox(Options.LaneBytes, Options.LaneMessages)) { WasKnown = isKnown };
        lane = _lanes.GetOrAdd((peer, purpose), made);
        if (ReferenceEquals(lane, made) && !_keeper.Tell(LaneKeeper.LaneMade))
        {
            Forget(lane);
        }

        return lane;
    }

    private byte[]? Encode(in RemoteAddress target, object message)
    {
        try
        {
            var bytes = _codec.Encode(target, message);
            if (bytes.Length <= LaneFrame.MaxMessage)
            {
                return bytes;
            }

            LogTooLarge(message.GetType().Name, bytes.Length, LaneFrame.MaxMessage);
        }
        catch (Exception error) when (error is UnlistedMessageException or ExportsFullException)
        {
            LogNotSent(message.GetType().Name, error.Message);
        }

        return null;
    }

    private object? FindOwn(in RemoteAddress address)
    {
        return address.Name is { } name ? _published.GetValueOrDefault(name)?.Actor
            : Exports.TryFind(address.Number, out var exported) ? exported.Actor
            : null;
    }

    private bool Deliver(string? name, long number, object message)
    {
        if (name is not null)
        {
            return _published.TryGetValue(name, out var published) && published.Accepts.Contains(message.GetType())
                ? published.Actor.Tell(message)
                : Refuse(DeadLetterReason.NoRecipient, new RemoteAddress(Options.Incarnation, null, 0), message);
        }

        if (!Exports.TryFind(number, out var exported) || !exported.TryTell(message))
        {
            return Refuse(DeadLetterReason.NoRecipient, new RemoteAddress(Options.Incarnation, null, number), message);
        }

        if (exported.Actor is ISingleReply)
        {
            Exports.Remove(exported);
        }

        return true;
    }

    private bool Refuse(DeadLetterReason reason, in RemoteAddress target, object message)
    {
        System.DeadLetters.Publish(reason, $"/nodes/{target}", message);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A message {Message} is not sent: {Problem}")]
    private partial void LogNotSent(string message, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message {Message} is not sent: it has {Bytes} bytes, and {MaxBytes} are allowed.")]
    private partial void LogTooLarge(string message, int bytes, int maxBytes);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A message of {Bytes} bytes from {Peer} is not understood: {Problem}")]
    private partial void LogNotUnderstood(Guid peer, int bytes, string problem);

    private sealed record PublishedActor(IActorRef<object> Actor, IReadOnlySet<Type> Accepts);
}

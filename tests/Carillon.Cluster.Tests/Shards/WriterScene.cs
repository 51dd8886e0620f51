using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster.Tests.Shards;

/// <summary>One shard writer on virtual time, with everything it says written down.</summary>
internal sealed class WriterScene
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid Owner = new("0b5cd1f6-6a84-4f0b-9f3e-5c2f0d3c1a01");

    private readonly DeterministicDispatcher _dispatcher = new(seed: 1);
    private readonly VirtualTimeProvider _time;
    private readonly ActorSystem _system;
    private readonly List<object> _toRegion = [];

    public WriterScene(ShardWriterOptions? options = null)
    {
        _time = new VirtualTimeProvider(Noon, _dispatcher);
        _system = new ActorSystem("test", new ActorSystemOptions { Time = _time, Dispatcher = _dispatcher, Random = new Random(1), CheckMessages = true });
        var region = Listener("region", _toRegion);
        Writer = _system.Spawn<object>("writer", () => new ShardWriter(Owner, Log, region, options ?? new ShardWriterOptions()));
        Settle();
    }

    public ScriptedShardLog Log { get; } = new();

    public IActorRef<object> Writer { get; }

    public IReadOnlyList<TermsEnded> Ended => [.. _toRegion.OfType<TermsEnded>()];

    public IReadOnlyList<ShardDelivery> NotTold => [.. _toRegion.OfType<NotTold>().Select(static back => back.Delivery)];

    public List<object> Told { get; } = [];

    public List<CommittedEvents> History { get; } = [];

    public List<AppendResult> Replies { get; } = [];

    public void Open(int shard, long epoch, long lastNo = 0)
    {
        Writer.Tell(new OpenTerm(new ShardTerm(shard, epoch), lastNo, Listener($"history-{shard}-{epoch}", History)));
        Settle();
    }

    public void Append(int shard, long epoch, params ShardWrite[] writes)
    {
        Writer.Tell(new Append(new ShardTerm(shard, epoch), writes, Listener($"asker-{Replies.Count}-{Guid.CreateVersion7(_time.GetUtcNow())}", Replies), writes.Length));
        Settle();
    }

    public void TellHistory(int shard, long epoch, object message)
    {
        Writer.Tell(new TellBehind(
            new ShardTerm(shard, epoch), Listener($"asked-{Told.Count}-{Guid.CreateVersion7(_time.GetUtcNow())}", Told), new ToHistory(shard, message)));
        Settle();
    }

    public void Commit(params int[] fenced)
    {
        Log.Commit(fenced);
        Settle();
    }

    public void Fail(Exception cause)
    {
        Log.Fail(cause);
        Settle();
    }

    public void Pass(TimeSpan time)
    {
        _time.Advance(time);
        Settle();
    }

    public static PlanAttempt Plan(string job, int second)
    {
        return new PlanAttempt(new Attempt { Key = new AttemptKey(job, Noon.AddSeconds(second), 1), Shard = 0, DueAt = Noon.AddSeconds(second) });
    }

    private void Settle()
    {
        _dispatcher.RunUntilIdle();
    }

    private IActorRef<T> Listener<T>(string name, List<T> heard)
        where T : class
    {
        return _system.Spawn(name, () => new ListeningActor<T>(heard));
    }

    private sealed class ListeningActor<T>(List<T> heard) : Actor<T>
        where T : class
    {
        protected override void Receive(T message)
        {
            heard.Add(message);
        }
    }
}

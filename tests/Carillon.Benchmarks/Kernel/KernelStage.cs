using System.Globalization;
using Carillon.Actors;

namespace Carillon.Benchmarks.Kernel;

/// <summary>The actor kernel as a node runs it.</summary>
internal sealed class KernelStage : IStage
{
    private static readonly Func<Actor<object>> IdleFactory = static () => new IdleActor();

    private readonly ThreadDispatcher _dispatcher = new("bench", Environment.ProcessorCount);
    private readonly DedicatedTimeProvider _time = new();
    private int _opened;

    public KernelStage()
    {
        System = new ActorSystem("bench", new ActorSystemOptions { Time = _time, Dispatcher = _dispatcher, Random = new Random(1) });
    }

    public ActorSystem System { get; }

    public TimeProvider Time => _time;

    public IAddress Open(IReceiver receiver)
    {
        return new Address(System.Spawn(NextName(), () => new ReceiverActor(receiver)));
    }

    /// <summary>An actor of the kernel alone, for what only the kernel has.</summary>
    public IActorRef<object> Spawn(IReceiver receiver)
    {
        return System.Spawn(NextName(), () => new ReceiverActor(receiver));
    }

    /// <summary>An actor as the product has them: one factory for all of a kind.</summary>
    public IActorRef<object> SpawnIdle()
    {
        return System.Spawn(NextName(), IdleFactory);
    }

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        _dispatcher.Dispose();
        _time.Dispose();
    }

    private string NextName()
    {
        return string.Create(CultureInfo.InvariantCulture, $"job-{Interlocked.Increment(ref _opened):D7}");
    }

    private sealed class Address(IActorRef<object> actor) : IAddress
    {
        public void Tell(object message)
        {
            actor.Tell(message);
        }
    }

    private sealed class IdleActor : Actor<object>
    {
        protected override void Receive(object message)
        {
            throw new NotSupportedException("An idle actor is told nothing.");
        }
    }

    private sealed class ReceiverActor(IReceiver receiver) : Actor<object>
    {
        protected override void Receive(object message)
        {
            receiver.Receive(message);
        }
    }
}

using Carillon.Actors;

namespace Carillon.Metrics.Tests;

/// <summary>An actor that keeps what it is told.</summary>
internal sealed class Probe<TMessage>
    where TMessage : class
{
    public Probe(ActorSystem system, string name, Action<ActorContext<TMessage>>? start = null)
    {
        Ref = system.Spawn(name, () => new Listener(Received, start));
    }

    public IActorRef<TMessage> Ref { get; }

    public List<TMessage> Received { get; } = [];

    private sealed class Listener(List<TMessage> received, Action<ActorContext<TMessage>>? start) : Actor<TMessage>
    {
        protected override void PreStart()
        {
            start?.Invoke(Context);
        }

        protected override void Receive(TMessage message)
        {
            received.Add(message);
        }
    }
}

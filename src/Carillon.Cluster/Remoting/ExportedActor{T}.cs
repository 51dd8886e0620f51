using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>An exported actor that takes <typeparamref name="T"/>.</summary>
internal sealed class ExportedActor<T>(long number, IActorRef<T> actor) : ExportedActor(number)
    where T : class
{
    public override object Actor => actor;

    public override Type Takes => typeof(T);

    public override bool TryTell(object message)
    {
        if (message is not T taken)
        {
            return false;
        }

        actor.Tell(taken);
        return true;
    }
}

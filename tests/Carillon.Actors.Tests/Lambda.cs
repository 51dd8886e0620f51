namespace Carillon.Actors.Tests;

/// <summary>An actor that is one function.</summary>
internal sealed class Lambda<T>(Action<ActorContext<T>, T> receive) : Actor<T>
    where T : class
{
    protected override void Receive(T message) => receive(Context, message);
}

namespace Carillon.Actors.Tests;

/// <summary>An actor that is one function, and another for its start.</summary>
internal sealed class Lambda<T>(Action<ActorContext<T>, T> receive, Action<ActorContext<T>>? start = null) : Actor<T>
    where T : class
{
    protected override void PreStart() => start?.Invoke(Context);

    protected override void Receive(T message) => receive(Context, message);
}

namespace Carillon.Actors.Tests;

internal sealed class Counter : Actor<Read>
{
    private int _count;

    protected override void Receive(Read message) => message.ReplyTo.Tell(new Count(++_count));
}

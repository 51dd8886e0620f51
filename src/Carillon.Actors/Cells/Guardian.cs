namespace Carillon.Actors;

/// <summary>The parent of the top-level actors. It has no messages of its own.</summary>
internal sealed class Guardian : Actor<object>
{
    protected override void Receive(object message)
    {
        throw new InvalidOperationException("The guardian takes no messages.");
    }
}

namespace Carillon.Actors;

/// <summary>The request did not enter a mailbox: it was certainly not handled.</summary>
public sealed class ActorUnavailableException : Exception
{
    internal ActorUnavailableException(string path)
        : base($"'{path}' did not accept the request: it has stopped or its mailbox is full.")
    {
    }
}

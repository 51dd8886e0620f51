namespace Carillon.Actors;

/// <summary>An asynchronous handler did not end within <see cref="ActorOptions.HandlerTimeout"/>.</summary>
public sealed class HandlerTimeoutException : TimeoutException
{
    internal HandlerTimeoutException(string path, TimeSpan timeout)
        : base($"A handler of '{path}' did not end within {timeout}; its token is cancelled and it is left behind.")
    {
    }
}

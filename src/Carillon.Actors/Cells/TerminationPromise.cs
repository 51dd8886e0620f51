namespace Carillon.Actors;

/// <summary>Completes a task when an actor has stopped.</summary>
internal sealed class TerminationPromise()
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), ITerminationListener
{
    public void OnTerminated(ActorCell subject) => TrySetResult();
}

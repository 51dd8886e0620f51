namespace Carillon.Actors;

/// <summary>Whoever wants to know that an actor has stopped. Called on that actor's turn, or at once.</summary>
internal interface ITerminationListener
{
    void OnTerminated(ActorCell subject);
}

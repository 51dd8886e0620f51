namespace Carillon.Actors;

/// <summary>An address that knows the system in whose name others are told and asked through it.</summary>
public interface IActorSystemMember
{
    /// <summary>The system: its clock and its default timeout are those of an ask.</summary>
    ActorSystem System { get; }
}

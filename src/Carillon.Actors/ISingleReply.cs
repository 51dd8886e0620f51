namespace Carillon.Actors;

/// <summary>An address that takes one message and no other: whoever has delivered one can forget it.</summary>
public interface ISingleReply;

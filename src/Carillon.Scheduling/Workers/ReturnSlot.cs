namespace Carillon.Scheduling;

/// <summary>Gives a reserved slot back unused.</summary>
/// <param name="Slot">The slot.</param>
public sealed record ReturnSlot(Slot Slot);

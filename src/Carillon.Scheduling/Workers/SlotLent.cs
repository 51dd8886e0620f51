namespace Carillon.Scheduling;

/// <summary>A slot of another node is reserved. It lapses unless it is used or returned.</summary>
/// <param name="Id"><see cref="BorrowSlot.Id"/>.</param>
/// <param name="Slot">The slot.</param>
public sealed record SlotLent(long Id, Slot Slot);

using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>A slot is reserved. It lapses unless it is used or returned.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="For"><see cref="SlotRequest.For"/>.</param>
public sealed record SlotGranted(Slot Slot, AttemptKey? For);

namespace Carillon.Testing;

/// <summary>A mistake that a scene makes on purpose, to show that its checks see it.</summary>
public enum PlantedBug
{
    /// <summary>None.</summary>
    None,

    /// <summary>Appends are not fenced: whoever writes is the owner.</summary>
    NoFence,

    /// <summary>The fence compares owners only, as it would if the epoch were read with the append and not with the claim.</summary>
    EpochReadLate,

    /// <summary>What a node ran is resolved as soon as it is declared dead, and not when its lease has passed.</summary>
    ResolvedEarly,

    /// <summary>A history tells its figures before it has folded what is committed.</summary>
    AnsweredBeforeFolding,

    /// <summary>Recovery forgets which attempts were planned and have not ended.</summary>
    ReplayWithoutPlanned,
}

namespace Carillon.Cluster;

/// <summary>What a node's lanes of one purpose have been through since it started.</summary>
/// <param name="Purpose">Which lanes.</param>
/// <param name="Breaks">How often an established connection to another node broke.</param>
/// <param name="LostMessages">Messages that were accepted, and given up because their node was gone.</param>
/// <param name="WaitingBytes">Bytes that are not acknowledged now.</param>
public readonly record struct LaneFigures(LanePurpose Purpose, long Breaks, long LostMessages, long WaitingBytes);

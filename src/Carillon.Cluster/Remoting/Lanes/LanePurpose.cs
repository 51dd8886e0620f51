namespace Carillon.Cluster;

/// <summary>What a lane is for. Lanes of different purposes do not wait for each other.</summary>
public enum LanePurpose
{
    /// <summary>What others wait for: questions, commands, small answers. The default.</summary>
    Control = 0,

    /// <summary>What is large or many: parts of pages, lists of jobs, recorded figures.</summary>
    Bulk = 1,
}

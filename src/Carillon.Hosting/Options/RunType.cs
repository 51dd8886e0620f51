namespace Carillon.Hosting;

/// <summary>What kind of thing a declared job runs.</summary>
public enum RunType
{
    /// <summary>One HTTP request for each attempt.</summary>
    Http,

    /// <summary>One process for each attempt.</summary>
    Process,

    /// <summary>Code registered in the host.</summary>
    Class,
}

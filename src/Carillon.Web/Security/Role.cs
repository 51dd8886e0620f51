namespace Carillon.Web;

/// <summary>What a caller may do. Each role may do what the ones before it may.</summary>
public enum Role
{
    /// <summary>Reads.</summary>
    Viewer = 1,

    /// <summary>Runs, pauses and resumes jobs.</summary>
    Operator = 2,

    /// <summary>Creates, changes and deletes jobs.</summary>
    Admin = 3,
}

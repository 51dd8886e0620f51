namespace Carillon.Web;

/// <summary>One metric family.</summary>
internal sealed record FamilyDocument(string Name, string Type, string Help);

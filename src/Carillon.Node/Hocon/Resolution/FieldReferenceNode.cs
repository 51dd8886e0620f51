using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon.Resolution;

/// <summary>Stands for the value of a field of another object that a substitution merged into this one.</summary>
internal sealed class FieldReferenceNode(Field field) : HoconNode(field.Origin)
{
    public Field Field { get; } = field;
}

// A lint rule: what stands in a template string of `query(…)` and its like must be a constant of the program (a column list, a limit, a schema's name, an escaped identifier). Values go in as parameters.

const statements = new Set(['query', 'execute', 'where', 'andWhere', 'orWhere', 'orderBy', 'addOrderBy', 'having', 'raw']);
const escapes = new Set(['escapeIdentifier', 'escapeLiteral']);

function variableOf(node, scope) {
  for (let at = scope; at; at = at.upper) {
    const variable = at.set.get(node.name);
    if (variable) return { variable, atModule: at.type === 'module' || at.type === 'global' };
  }
  return undefined;
}

/** A type such as `'text' | 'uuid'`: the compiler lets nothing else in. */
function isOneOfWords(type) {
  return type?.type === 'TSLiteralType' || (type?.type === 'TSUnionType' && type.types.every(isOneOfWords));
}

/** Whether the expression can only be what the program's text says, whatever comes in. */
function isConstant(node, scope) {
  const all = (nodes) => nodes.every((each) => isConstant(each, scope));
  switch (node.type) {
    case 'Literal':
      return true;
    case 'TemplateLiteral':
      return all(node.expressions);
    case 'ArrayExpression':
      return all(node.elements);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return all([node.left, node.right]);
    case 'ConditionalExpression':
      return all([node.consequent, node.alternate]);
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return isConstant(node.expression, scope);
    case 'MemberExpression':
      return node.property.name === 'schema' || isConstant(node.object, scope);
    case 'Identifier': {
      const found = variableOf(node, scope);
      const definition = found?.variable.defs[0];
      if (!definition) return false;
      if (definition.type === 'ImportBinding') return true;
      if (definition.type === 'FunctionName') return found.atModule;
      if (definition.type === 'Parameter') return isOneOfWords(definition.name.typeAnnotation?.typeAnnotation);
      if (definition.type !== 'Variable' || definition.parent.kind !== 'const') return false;
      if (definition.parent.parent.type === 'ForOfStatement') return isConstant(definition.parent.parent.right, scope);
      if (!definition.node.init) return false;
      if (found.atModule) return true;
      return definition.node.id.type === 'Identifier' ? isConstant(definition.node.init, scope) : node.name === 'schema';
    }
    case 'CallExpression': {
      const { callee } = node;
      if (callee.type === 'Identifier') return escapes.has(callee.name) || (isConstant(callee, scope) && all(node.arguments));
      if (callee.type !== 'MemberExpression') return false;
      if (callee.property.name === 'map') return node.arguments[0]?.type === 'ArrowFunctionExpression' && isConstant(node.arguments[0].body, scope);
      return isConstant(callee.object, scope) && all(node.arguments);
    }
    default:
      return false;
  }
}

export const valuesAreParameters = {
  meta: { type: 'problem', schema: [], messages: { value: 'Values go into a statement as parameters ($1), never by a template string.' } },
  create(context) {
    return {
      CallExpression(node) {
        const [text] = node.arguments;
        if (node.callee.type !== 'MemberExpression' || !statements.has(node.callee.property.name) || text?.type !== 'TemplateLiteral') return;
        const scope = context.sourceCode.getScope(node);
        for (const expression of text.expressions) if (!isConstant(expression, scope)) context.report({ node: expression, messageId: 'value' });
      },
    };
  },
};

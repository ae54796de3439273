"""Edits of fields, and what the lists show of each paper"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


# Without `batch_alter_table`, as in 0002: it may drop what hangs on the table.
def upgrade() -> None:
    op.add_column('revisions', sa.Column('field', sa.String(length=160), nullable=True))

    op.create_table('records',
    sa.Column('document_id', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('first_page', sa.Integer(), nullable=False),
    sa.Column('last_page', sa.Integer(), nullable=False),
    sa.Column('document_type', sa.String(length=64), nullable=False),
    sa.Column('type_confidence', sa.Float(), nullable=False),
    sa.Column('financial_year', sa.String(length=7), nullable=False),
    sa.Column('taxpayer_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('passed_checks', sa.Integer(), nullable=False),
    sa.Column('failed_checks', sa.Integer(), nullable=False),
    sa.Column('lowest_confidence', sa.Float(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('document_id', 'number')
    )


def downgrade() -> None:
    op.drop_table('records')
    op.drop_column('revisions', 'field')

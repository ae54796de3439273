"""Reading again, tables over several pages, OCR"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


# Columns are added without `batch_alter_table`: on SQLite that may copy the table and drop the old
# one, and dropping `tables` would delete every revision that hangs on it.
def upgrade() -> None:
    op.add_column('pages', sa.Column('kind', sa.String(length=8), nullable=False, server_default='text'))
    op.add_column('tables', sa.Column('is_ocr', sa.Boolean(), nullable=False, server_default='0'))
    op.add_column('tables', sa.Column('parts', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('tables', sa.Column('added', sa.Boolean(), nullable=False, server_default='0'))
    op.add_column('revisions', sa.Column('act', sa.Integer(), nullable=True))
    # Before this version every edit was undone by itself.
    op.execute('UPDATE revisions SET act = seq')

    op.create_table('rereads',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('document_id', sa.String(length=32), nullable=False),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(length=16), nullable=True),
    sa.Column('area', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('table_id', sa.Integer(), nullable=True),
    sa.Column('beside', sa.Boolean(), nullable=False),
    sa.Column('seen_seq', sa.Integer(), nullable=False),
    sa.Column('asked_by', sa.String(length=64), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('run', sa.Integer(), nullable=False),
    sa.Column('lost_runs', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error_code', sa.String(length=32), nullable=True),
    sa.Column('error_message', sa.Text(), nullable=True),
    sa.Column('result_ids', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('replaced_an_edit', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['tables.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('rereads', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rereads_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rereads_state'), ['state'], unique=False)


def downgrade() -> None:
    op.drop_table('rereads')
    op.drop_column('revisions', 'act')
    op.drop_column('tables', 'added')
    op.drop_column('tables', 'parts')
    op.drop_column('tables', 'is_ocr')
    op.drop_column('pages', 'kind')
